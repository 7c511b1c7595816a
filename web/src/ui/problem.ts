import type { Key } from '../i18n/keys';
import type { PlainKey, Translate } from '../i18n/locale';
import type { Problem } from '../protocol/messages';

/** The problems that have words of their own: what happened, and what to do. */
const WORDS: Readonly<Record<string, PlainKey>> = {
  'no-token': 'problem.no-token' satisfies Key,
  'bad-token': 'problem.bad-token' satisfies Key,
  'wrong-role': 'problem.wrong-role' satisfies Key,
  'no-such-session': 'problem.no-such-session' satisfies Key,
  'session-ended': 'problem.session-ended' satisfies Key,
  'no-such-file': 'problem.no-such-file' satisfies Key,
  interlock: 'problem.interlock' satisfies Key,
  'partner-on-air': 'problem.partner-on-air' satisfies Key,
  'relay-loop': 'problem.relay-loop' satisfies Key,
  conflict: 'problem.conflict' satisfies Key,
  'bad-offer': 'problem.bad-offer' satisfies Key,
  'too-many-requests': 'problem.too-many-requests' satisfies Key,
  'at-capacity': 'problem.at-capacity' satisfies Key,
  unavailable: 'problem.unavailable' satisfies Key,
  offline: 'problem.offline' satisfies Key,
  unanswered: 'problem.unanswered' satisfies Key,
  'no-webrtc': 'problem.no-webrtc' satisfies Key,
  'not-published': 'problem.not-published' satisfies Key,
  'no-such-recording': 'problem.no-such-recording' satisfies Key,
  'nothing-yet': 'problem.nothing-yet' satisfies Key,
  'cannot-play': 'problem.cannot-play' satisfies Key,
  'bad-captions': 'problem.bad-captions' satisfies Key,
};

/** A problem in the reader's words. */
export function problemWords(problem: Problem, t: Translate): string {
  const name = problem.type.slice(problem.type.lastIndexOf('/') + 1);
  const key = WORDS[name];
  return key === undefined ? t('problem.other', { code: name === '' ? problem.status : name }) : t(key);
}
