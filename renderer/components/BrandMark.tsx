interface BrandMarkProps {
  readonly size?: number;
  /** Colour of the prism and the ray that enters it. */
  readonly ink: string;
}

/** The Refract mark: one ray enters a prism, three leave it. */
export function BrandMark({ size = 24, ink }: BrandMarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path d="M15 5 25.5 25.5H4.5Z" stroke={ink} strokeWidth="2" strokeLinejoin="round" />
      <path d="M0.5 20.5 10 15.6" stroke={ink} strokeWidth="1.6" strokeLinecap="round" />
      <path d="M19.4 14 31 12.2" stroke="#FF7A3D" strokeWidth="1.9" strokeLinecap="round" />
      <path d="M20.4 16 31 17.6" stroke="#E9C93B" strokeWidth="1.9" strokeLinecap="round" />
      <path d="M21.5 18 31 23" stroke="#3CC2C9" strokeWidth="1.9" strokeLinecap="round" />
    </svg>
  );
}
