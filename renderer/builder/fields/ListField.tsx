import { EntriesField } from '#renderer/builder/fields/EntriesField.tsx';
import { plainNumbers } from '#renderer/builder/fields/listCodec.ts';

interface ListFieldProps {
  readonly values: readonly unknown[] | null;
  readonly label: string;
  /** An empty field means null; else at least one number is needed. */
  readonly nullable: boolean;
  /** True for values that make sense for the parameter. */
  readonly allowed?: (value: number) => boolean;
  readonly onChange: (values: number[] | null) => void;
  readonly width?: number | string;
  readonly testId?: string;
}

/** Several numbers, typed with commas or blanks between them. */
export function ListField({ allowed = () => true, ...field }: ListFieldProps) {
  const read = (text: string): number[] | null => {
    const values = plainNumbers.read(text);
    return values !== null && values.length > 0 && values.every(allowed) ? values : null;
  };
  return <EntriesField codec={{ show: plainNumbers.show, read, hint: plainNumbers.hint }} {...field} />;
}
