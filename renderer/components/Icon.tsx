import { SvgIcon } from '@mui/material';

/** An icon of @mdi/js by its path. Decorative: the text or label beside it carries the meaning. */
export function Icon({
  path,
  size = 18,
  color,
}: {
  readonly path: string;
  readonly size?: number;
  readonly color?: string;
}) {
  return (
    <SvgIcon aria-hidden sx={{ fontSize: size, ...(color ? { color } : {}) }}>
      <path d={path} />
    </SvgIcon>
  );
}
