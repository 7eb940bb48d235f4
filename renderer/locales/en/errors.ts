export const errors = {
  title: 'That did not work',
  unexpected: 'Something unexpected happened.',
  stillValid: 'Everything that was saved is still there.',
} as const;
