import type { ComponentType } from 'react';
import type { FormFieldAnswer } from '../http/answers.js';
import type { FieldProblems } from './draft.js';
import type { FieldFrameProps } from './field-frame.js';

export interface Offer {
  readonly value: string;
  readonly label: string;
}

export interface FieldInputProps {
  readonly field: FormFieldAnswer;
  /** Within the row: `credentials.appKey`. */
  readonly path: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly problems: FieldProblems;
  readonly disabled: boolean;
  /** Values known elsewhere in the configuration: shops, policies, couriers. */
  readonly offers?: readonly Offer[] | undefined;
  /** The key of the group around it. */
  readonly within?: string;
  /** A secret part that is stored and not shown: what is left empty stays. */
  readonly keeps?: boolean;
}

/** A field that holds others; `Inner` is what shows one of those. */
export interface OuterFieldProps extends FieldInputProps {
  readonly frame: Omit<FieldFrameProps, 'children'>;
  readonly Inner: ComponentType<FieldInputProps>;
}

/** A value as the group it should be; anything else is an empty one. */
export const asGroup = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
