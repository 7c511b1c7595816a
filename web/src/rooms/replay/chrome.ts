import 'media-chrome/media-control-bar';
import 'media-chrome/media-controller';
import 'media-chrome/media-fullscreen-button';
import 'media-chrome/media-mute-button';
import 'media-chrome/media-pip-button';
import 'media-chrome/media-play-button';
import 'media-chrome/media-seek-backward-button';
import 'media-chrome/media-seek-forward-button';
import 'media-chrome/media-time-range';
import 'media-chrome/media-volume-range';
import 'media-chrome/dist/lang/fr.js';
import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js';
import type { Locale } from '../../i18n/locale';
import { JA } from './chromeJa';

addTranslation('ja', JA);

/** The language of the elements made from now on. */
export function speak(locale: Locale): void {
  setLanguage(locale);
}
