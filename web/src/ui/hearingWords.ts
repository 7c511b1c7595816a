import type { Translate } from '../i18n/locale';
import type { Hearing } from '../protocol/messages';
import { languageName } from '../words';

/** What the ears get and why, as one sentence: the server's account of it. */
export function hearingWords(hearing: Hearing, locale: string, t: Translate): string {
  const name = (tag: string | null) => (tag === null ? t('heard.unknown') : languageName(tag, locale));
  const spoken = name(hearing.language);
  const wanted = name(hearing.channel === 'floor' ? hearing.language : hearing.channel);
  switch (hearing.kind) {
    case 'interpretation':
      if (hearing.why === 'hall' || hearing.booth === null) return t('heard.interpretation', { language: spoken });
      return t('heard.booth', { language: spoken, booth: hearing.booth });
    case 'original':
      if (hearing.why === 'uninterpreted') return t('heard.uninterpreted', { language: spoken, wanted });
      if (hearing.why === 'understood') return t('heard.understood', { language: spoken });
      return hearing.language === null ? t('heard.floor') : t('heard.original', { language: spoken });
    case 'silence':
      if (hearing.why === 'cough') return '…';
      return hearing.why === 'uninterpreted' ? t('heard.silence', { wanted }) : t('heard.nobody');
  }
}
