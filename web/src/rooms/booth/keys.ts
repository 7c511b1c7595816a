/** What a key of the console does. */
export type KeyAction =
  | { do: 'microphone' | 'take' }
  | { do: 'cough'; held: boolean }
  | { do: 'outgoing'; side: 'a' | 'b' }
  | { do: 'incoming'; choice: string };

/** The part of a KeyboardEvent used here. */
export interface Press {
  type: string;
  key: string;
  code: string;
  repeat: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  target: unknown;
}

export const AUTO_KEY = '9';

/** The key printed on an incoming choice; empty beyond the fifth channel. */
export function incomingKey(choice: string, languages: readonly string[]): string {
  if (choice === 'floor') return '0';
  if (choice === 'auto') return AUTO_KEY;
  const index = languages.indexOf(choice);
  return index >= 0 && index < 5 ? String(index + 1) : '';
}

/** Reads one key event; null where it means nothing, or where somebody is typing. */
export function keyAction(press: Press, languages: readonly string[]): KeyAction | null {
  const key = press.key.toLowerCase();
  // Letting go of the cough counts wherever the focus has gone meanwhile.
  if (press.type === 'keyup') return key === 'c' ? { do: 'cough', held: false } : null;
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey || typing(press.target)) return null;
  if (press.code === 'Space') return { do: 'microphone' };
  switch (key) {
    case 'c':
      return { do: 'cough', held: true };
    case 'a':
    case 'b':
      return { do: 'outgoing', side: key };
    case 't':
      return { do: 'take' };
    default: {
      const choices = ['floor', 'auto', ...languages];
      const choice = choices.find((candidate) => incomingKey(candidate, languages) === key);
      return choice === undefined ? null : { do: 'incoming', choice };
    }
  }
}

function typing(target: unknown): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('dialog') !== null) return true;
  if (target instanceof HTMLInputElement) return !['range', 'checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
