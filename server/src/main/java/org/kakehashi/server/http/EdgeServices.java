package org.kakehashi.server.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.live.Sessions;
import org.kakehashi.server.metrics.HttpMetrics;
import org.kakehashi.server.people.Tokens;

/**
 * What the edge serves.
 *
 * @param sessions the sessions of this node
 * @param tokens tells who somebody is
 * @param replays what is recorded
 * @param metrics where requests are counted
 * @param scrape all metrics in Prometheus's text format; may wait
 * @param demo what {@code GET /api/demo} shows, to be written as JSON; null where there is no demo
 */
public record EdgeServices(
    Sessions sessions,
    Tokens tokens,
    Replays replays,
    HttpMetrics metrics,
    Supplier<String> scrape,
    @Nullable Supplier<?> demo) {}
