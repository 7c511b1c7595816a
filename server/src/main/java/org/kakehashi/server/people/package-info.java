/**
 * Who takes part: persons, their roles, the tokens that prove both, and the links that carry the
 * tokens.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.people;
