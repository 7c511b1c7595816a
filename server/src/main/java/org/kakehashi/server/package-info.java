/** The control plane: who takes part, what happens when, and the routes by which clients ask. */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server;
