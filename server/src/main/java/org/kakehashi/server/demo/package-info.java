/**
 * The demo event "Nantes–Niigata": a plenary and three workshops that run by themselves, played
 * from files, and two empty sessions to try things in.
 *
 * <pre>
 *   scene.yaml + speech files ──▶ Stagehand ──▶ Casting: on stage, in the booth, A/B
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.demo;
