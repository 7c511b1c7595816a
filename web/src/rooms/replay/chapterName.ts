import type { Chapter } from '../../protocol/recordings';
import type { Translate } from '../../i18n/locale';
import { localized, type Foreign } from '../../words';

/** A chapter's name for a reader: its title, else who speaks, else that the recording was interrupted. */
export function chapterName({ title, speaker, kind }: Chapter, locale: string, t: Translate): Foreign {
  if (title !== null) return localized(title, locale);
  if (kind === 'gap') return { text: t('replay.gap'), lang: locale };
  return { text: speaker ?? t('replay.chapter.unnamed'), lang: '' };
}

/** Chapters that do not overlap, for a timeline: the speakers', else the agenda's. */
export function oneRow(chapters: readonly Chapter[]): Chapter[] {
  const speakers = chapters.filter(({ kind }) => kind === 'speaker');
  return speakers.length > 0 ? speakers : chapters.filter(({ kind }) => kind === 'agenda');
}

/** These with their names. */
export function namedRow(
  chapters: readonly Chapter[],
  locale: string,
  t: Translate,
): { startMs: number; endMs: number; name: string }[] {
  return oneRow(chapters).map((chapter) => ({
    startMs: chapter.startMs,
    endMs: chapter.endMs,
    name: chapterName(chapter, locale, t).text,
  }));
}
