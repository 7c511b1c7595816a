import type { Translate } from '../../i18n/locale';
import type { Way } from '../../store/way';
import { problemWords } from '../../ui/problem';

/** Why it is the broadcast. */
export function whyWords({ why }: Way, t: Translate): string {
  return why === null ? '' : t(`broadcast.${why}`);
}

/** What came of trying the direct connection again; nothing where it was not asked for. */
export function againWords({ failedAgain, problem }: Way, t: Translate): string {
  if (!failedAgain) return '';
  return problem === null ? t('broadcast.failed') : problemWords(problem, t);
}

/** What is said, once, to those who do not see the page. What the page tries by itself is not said each time. */
export function spokenWords(way: Way, t: Translate): string {
  if (way.by === 'direct') return '';
  if (way.trying && way.asked) return t('broadcast.trying');
  const again = againWords(way, t);
  return again === '' ? `${whyWords(way, t)} ${t('broadcast.what')}` : again;
}
