import { describe, expect, it } from '@jest/globals';
import { planBills } from '../../../scripts/demo/bill-plan.js';

describe('the bills of a demo', () => {
  it('charge what was stopped, with three mistakes of three kinds in all', () => {
    const { bills, planted } = planBills({
      zto: { stopped: ['1', '2'], failed: [] },
      yto: { stopped: ['3'], failed: ['4'] },
      yunda: { stopped: [], failed: [] },
    });
    expect(bills).toEqual({
      zto: [
        { waybillNo: '1', fen: 300 },
        { waybillNo: '2', fen: 300 },
        expect.objectContaining({ waybillNo: '1', fen: 300 }),
      ],
      yto: [
        { waybillNo: '3', fen: 450 },
        { waybillNo: '4', fen: 400 },
      ],
      yunda: [],
    });
    expect(planted).toEqual([
      { courier: 'zto', class: 'charged_twice', waybillNo: '1', chargedFen: 300, dueFen: 0 },
      { courier: 'yto', class: 'wrong_amount', waybillNo: '3', chargedFen: 450, dueFen: 400 },
      { courier: 'yto', class: 'charged_though_failed', waybillNo: '4', chargedFen: 400, dueFen: 0 },
    ]);
  });

  it('name a parcel that nobody asked for in a day where none failed, and only what there is to get wrong', () => {
    expect(planBills({ zto: { stopped: [], failed: [] } }).planted.map((one) => one.class)).toEqual(['unknown_to_us']);
  });
});
