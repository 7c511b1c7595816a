package org.kakehashi.server.live;

import org.kakehashi.media.webrtc.OfferRejected;
import org.kakehashi.server.problem.Problem;
import org.kakehashi.server.problem.ProblemType;

/** Says in the API's words why an offer was rejected. Pure. */
final class Offers {
  private Offers() {}

  static Problem problem(OfferRejected rejected) {
    String message = rejected.getMessage() == null ? "" : rejected.getMessage();
    return switch (rejected.reason()) {
      case AT_CAPACITY -> ProblemType.AT_CAPACITY.because(message);
      case TOO_LARGE -> ProblemType.TOO_LARGE.because(message);
      default -> ProblemType.BAD_OFFER.because(message);
    };
  }
}
