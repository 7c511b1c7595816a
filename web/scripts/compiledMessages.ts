import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

const MESSAGES = /\/src\/i18n\/(\w+)\.json$/;

/**
 * Compiles `src/i18n/*.json` to syntax trees while building, so that no ICU parser is sent to the browser and a broken
 * message breaks the build.
 */
export function compiledMessages(): Plugin {
  return {
    name: 'compiled-messages',
    enforce: 'pre',
    config: () => ({
      json: { stringify: false },
      resolve: {
        alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' },
      },
    }),
    transform(source, id) {
      const language = MESSAGES.exec(id)?.[1];
      if (language === undefined) return undefined;
      return { code: JSON.stringify(compile(language, JSON.parse(source) as Record<string, string>)), map: null };
    },
  };
}

/** The messages of one language as syntax trees. Throws with the key's name where a message is not ICU. */
export function compile(language: string, messages: Record<string, string>): Record<string, MessageFormatElement[]> {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => {
      try {
        return [key, language === 'fr' ? parse(frenchSpaces(message)) : parse(message)];
      } catch (error) {
        throw new Error(`${language}.json: "${key}" is not an ICU message: ${String(error)}`, { cause: error });
      }
    }),
  );
}

/** French puts a narrow no-break space (U+202F) before `; : ! ? »` and after `«`. */
export function frenchSpaces(text: string): string {
  return text.replace(/ ([;:!?»])/g, '\u202f$1').replace(/« /g, '«\u202f');
}

/** What a message asks for: placeholder name → TypeScript type. */
export function placeholders(elements: readonly MessageFormatElement[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const element of elements) {
    switch (element.type) {
      case TYPE.argument:
        if (!found.has(element.value)) found.set(element.value, 'string | number');
        break;
      case TYPE.number:
        found.set(element.value, 'number');
        break;
      case TYPE.date:
      case TYPE.time:
        found.set(element.value, 'Date | number');
        break;
      case TYPE.plural:
      case TYPE.select:
        found.set(element.value, element.type === TYPE.plural ? 'number' : 'string');
        for (const option of Object.values(element.options)) {
          for (const [name, type] of placeholders(option.value)) {
            if (!found.has(name)) found.set(name, type);
          }
        }
        break;
      default:
    }
  }
  return found;
}
