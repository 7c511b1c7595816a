/**
 * Styles of media-chrome's elements as constructed sheets. Its templates carry `<style>` elements, which a strict
 * Content-Security-Policy refuses; sheets made by script are the page's own. `scripts/strictStyles.ts` puts these in place of what
 * media-chrome does itself.
 */

/** Fills a shadow root from a template: its styles become sheets; nested shadow roots are left to the elements themselves. */
export function dress(root: ShadowRoot, html: string): void {
  const template = document.createElement('template');
  template.innerHTML = html;
  const { content } = template;
  for (const nested of content.querySelectorAll('template[shadowrootmode]')) nested.remove();
  const sheets: CSSStyleSheet[] = [];
  for (const style of content.querySelectorAll('style')) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.textContent);
    sheets.push(sheet);
    style.remove();
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];
  root.append(document.importNode(content, true));
}

/** The first rule whose selector is the one looked for. */
export function findRule(root: Node, wanted: (selector: string) => boolean): CSSStyleRule | undefined {
  for (const sheet of sheetsOf(root)) {
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSStyleRule && wanted(rule.selectorText)) return rule;
    }
  }
  return undefined;
}

/** An empty rule at the end of the last sheet, to be filled. */
export function insertRule(root: Node, selector: string): CSSStyleRule {
  let sheet = sheetsOf(root).at(-1);
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets = [sheet];
  }
  const index = sheet.insertRule(`${selector}{}`, sheet.cssRules.length);
  return sheet.cssRules[index] as CSSStyleRule;
}

function sheetsOf(root: Node): CSSStyleSheet[] {
  return root instanceof ShadowRoot ? [...root.adoptedStyleSheets] : [];
}
