/** What a person chose on this device, kept between visits. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`kakehashi.${name}`);
  } catch {
    // In a frame of another site a browser may refuse its memory.
    return null;
  }
}

export function recallNumber(name: string, otherwise: number): number {
  const value = Number.parseFloat(recall(name) ?? '');
  return Number.isFinite(value) ? value : otherwise;
}

export function remember(name: string, value: string | number): void {
  try {
    localStorage.setItem(`kakehashi.${name}`, String(value));
  } catch {
    // Not kept, then: it is so for this visit.
  }
}
