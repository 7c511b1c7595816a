/**
 * The control plane: who takes part, what happens when, and the routes by which clients ask. Here:
 * the node that puts the parts together, and the demo. {@code command} is the way in.
 *
 * <pre>
 *   command ─▶ Node ─▶ http ─▶ live ─▶ media
 *                 └──▶ metrics, config, people, programme, store
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server;
