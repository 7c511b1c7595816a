/** What a person chose on this device, kept between visits. */
export function recall(name: string): string | null {
  return localStorage.getItem(`kakehashi.${name}`);
}

export function recallNumber(name: string, otherwise: number): number {
  const value = Number.parseFloat(recall(name) ?? '');
  return Number.isFinite(value) ? value : otherwise;
}

export function remember(name: string, value: string | number): void {
  localStorage.setItem(`kakehashi.${name}`, String(value));
}
