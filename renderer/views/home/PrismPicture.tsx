/** The idea of the application in one drawing: spectra go in on one side, separate answers come out on the other. */
export function PrismPicture({ ink }: { readonly ink: string }) {
  return (
    <svg width="250" height="112" viewBox="0 0 250 112" fill="none" aria-hidden="true" style={{ flexShrink: 0 }}>
      <path
        d="M2 70c9 0 11-26 18-26s8 18 14 18 8-34 15-34 9 42 16 42 9-14 17-14 8 6 14 7"
        stroke={ink}
        strokeWidth="1.6"
        strokeLinecap="round"
        opacity="0.75"
      />
      <path d="M126 10 170 98H82Z" stroke={ink} strokeWidth="2.2" strokeLinejoin="round" />
      <path d="M96 63 144 47" stroke={ink} strokeWidth="1.4" opacity="0.45" />
      <path d="M144.500 47 247 30" stroke="#FF7A3D" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M148 54 247 54" stroke="#D9B31C" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M152 62 247 78" stroke="#2FAFB8" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="247" cy="30" r="3" fill="#FF7A3D" />
      <circle cx="247" cy="54" r="3" fill="#D9B31C" />
      <circle cx="247" cy="78" r="3" fill="#2FAFB8" />
    </svg>
  );
}
