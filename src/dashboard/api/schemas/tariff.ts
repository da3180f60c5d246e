import { z } from 'zod';
import { FEN } from './fields.js';

export const TARIFF = z
  .object({
    carrier: z.string(),
    feeFen: FEN.meta({ description: 'of one intercept that succeeds, today (R30, R31)' }),
    from: z.iso.date().meta({ description: 'first day it holds, Asia/Shanghai' }),
  })
  .meta({ id: 'Tariff' });

export type TariffAnswer = z.output<typeof TARIFF>;
