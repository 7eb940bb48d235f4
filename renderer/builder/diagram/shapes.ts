/** What a picture is made of: drawn by the window and written into files alike. Units are CSS pixels. */
export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly fill: string;
      readonly opacity?: number;
      readonly stroke: string;
      readonly strokeWidth: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'line';
      /** An SVG path. */
      readonly d: string;
      readonly stroke: string;
      readonly strokeWidth: number;
      readonly dash?: string;
    }
  | { readonly kind: 'icon'; readonly x: number; readonly y: number; readonly size: number; readonly d: string; readonly fill: string } // prettier-ignore
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of the baseline. */
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly weight: number;
      readonly fill: string;
      readonly anchor: 'start' | 'middle';
    };

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}
