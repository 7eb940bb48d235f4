/** A button in a table that reads like a link: the name of what it opens. */
export const linkButton = {
  p: 0,
  border: 0,
  background: 'none',
  font: 'inherit',
  color: 'primary.main',
  cursor: 'pointer',
  textAlign: 'left',
  '&:hover': { textDecoration: 'underline' },
} as const;
