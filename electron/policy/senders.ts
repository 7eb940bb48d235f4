import { mayNavigate } from '#electron/policy/navigation.ts';

/** Where a message to main came from. */
export interface Sender {
  readonly url: string;
  readonly isMainFrame: boolean;
}

/** Only the main frame of the application's own page may talk to main. */
export const mayCall = (sender: Sender | null): boolean =>
  sender !== null && sender.isMainFrame && mayNavigate(sender.url);
