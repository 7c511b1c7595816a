/** How much of the pictures it asked for a connection is sent: its line takes no more. */
export interface Seeing {
  type: 'seeing';
  connection: string;
  pictures: 'full' | 'reduced' | 'slides' | 'none';
}
