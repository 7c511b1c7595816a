import { decodeVoices } from '../voices.ts';

export default async function setup(): Promise<void> {
  await decodeVoices();
}
