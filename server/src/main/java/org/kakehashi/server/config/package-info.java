/**
 * What an operator decides: {@code kakehashi.yaml}, read once into records, with every mistake
 * named at start and the environment on top.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.config;
