/** Asks for the cookie with which this browser's own requests (a poster) are answered. Public sessions need none. */
export async function playersMayRead(token: string | null): Promise<void> {
  if (token === null) return;
  try {
    await fetch('/api/hls-cookie', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  } catch {
    // Without it there is no poster; all else is asked for with the link's own token.
  }
}

/** An address that whoever follows it may read for a while; as it was where the server gives no token. */
export async function readableAddress(url: string, token: string): Promise<string> {
  try {
    const response = await fetch('/api/hls-token', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
    if (!response.ok) return url;
    const { token: reading } = (await response.json()) as { token: string };
    return `${url}${url.includes('?') ? '&' : '?'}t=${encodeURIComponent(reading)}`;
  } catch {
    return url;
  }
}
