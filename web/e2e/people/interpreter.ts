import type { Browser, BrowserContext } from 'playwright-core';
import type { Voice } from '../voices.ts';
import { Person, visit, visitAgain, type Said } from './person.ts';

/** Somebody at the console, who works by keyboard. */
export class Interpreter extends Person {
  static async enter(name: Voice, browser: Browser, link: string): Promise<Interpreter> {
    return Interpreter.#in(new Interpreter(name, await visit(browser, link)));
  }

  /** Opens the link again in the same browser; one click, and the console is there. */
  static async comeBack(name: Voice, context: BrowserContext, link: string): Promise<Interpreter> {
    return Interpreter.#in(new Interpreter(name, await visitAgain(context, link)));
  }

  static async #in(interpreter: Interpreter): Promise<Interpreter> {
    const enter = () => interpreter.page.getByRole('button', { name: 'Enter' }).click();
    await enter();
    await interpreter.opensMicrophone(interpreter.page.locator('[data-air]'), enter);
    await interpreter.light('off');
    return interpreter;
  }

  async openMicrophone(): Promise<void> {
    await this.page.keyboard.press('Space');
    await this.shows(this.page.locator('[data-air="open"], [data-air="on-air"]'));
  }

  async closeMicrophone(): Promise<void> {
    await this.page.keyboard.press('Space');
    await this.light('off');
  }

  async holdCough(): Promise<void> {
    await this.page.keyboard.down('c');
    await this.light('cough');
  }

  async releaseCough(): Promise<void> {
    await this.page.keyboard.up('c');
    await this.light('on-air');
  }

  /** Presses A or B: the language spoken into. */
  async speakInto(side: 'a' | 'b', language: string): Promise<void> {
    await this.page.keyboard.press(side);
    await this.shows(this.page.locator(`[data-action="outgoing"][data-language="${language}"][aria-pressed="true"]`));
  }

  /** Waits until the console's light is so. */
  async light(state: 'off' | 'open' | 'cough' | 'on-air'): Promise<void> {
    await this.shows(this.page.locator(`[data-air="${state}"]`));
  }

  /** The console says where its ears are, not who is heard there. */
  async says(): Promise<Said> {
    const incoming = this.page.getByRole('group', { name: 'You hear (incoming)' });
    return { channel: null, kind: null, words: await incoming.getByRole('status').innerText() };
  }
}
