import type { TaskView } from '../../domain/store/task-reader.js';
import type { TaskAnswer } from '../api/schemas/task.js';
import { reasonText, time } from './words.js';

type Doable = Pick<TaskView, 'kind' | 'reason' | 'waybillNo' | 'carrier'>;

/** What to do about each kind of task. `phone_branch` is a text to read out: the waybill and the wish, nobody's data. */
const NEXT_STEPS: Record<string, (task: Doable) => { zh: string; en: string }> = {
  phone_branch: ({ waybillNo, carrier }) => ({
    zh: `请致电派件网点：“运单 ${waybillNo}（${carrier}），买家已申请退款，请停止派送并原路退回寄件人。”`,
    en: `Phone the delivery branch: “Waybill ${waybillNo} (${carrier}): the buyer has asked for a refund; please do not deliver, return it to the sender.”`,
  }),
  decide: () => ({
    zh: '请核实后在拦截详情中选择处理结果。',
    en: 'Check it, then choose an outcome on the intercept’s page.',
  }),
  pull_in_warehouse: ({ waybillNo }) => ({
    zh: `请仓库核实运单 ${waybillNo} 是否已出库；未出库请直接取出。`,
    en: `Ask the warehouse whether ${waybillNo} has left; if not, pull it out.`,
  }),
  mend_data: () => ({ zh: '请修正数据或配置后重试。', en: 'Mend the data or the configuration, then retry.' }),
  refund: () => ({
    zh: '请在拦截详情的“退款”中批准，或在平台后台处理后记录“已人工处理”。',
    en: 'Approve it under “Refunds” on the intercept’s page, or settle it in the platform’s back office and record that.',
  }),
  redeliver: ({ waybillNo }) => ({
    zh: `运单 ${waybillNo} 正在退回或已退回，买家不再退款。请重新发货，并在完成待办时备注新运单号；拦截费照付。`,
    en: `${waybillNo} is on its way back, or back, and the buyer keeps the order. Ship the goods again and note the new waybill when you finish this; the intercept fee stays due.`,
  }),
  review: () => ({ zh: '请核实包裹情况，再记录处理结果。', en: 'Find out what is the case, then record an outcome.' }),
  unknown: () => ({
    zh: '系统正在向快递查询，不会重复发送；可立即再查一次。',
    en: 'The courier is being asked and nothing is sent twice; ask once more now if it is urgent.',
  }),
};

/** Where the same kind of task wants the opposite of the branch: deliver after all (R80). */
const DELIVER: (typeof NEXT_STEPS)[string] = ({ waybillNo, carrier }) => ({
  zh: `请致电派件网点：“运单 ${waybillNo}（${carrier}），拦截已撤销，请恢复派送。”`,
  en: `Phone the delivery branch: “Waybill ${waybillNo} (${carrier}): the stop is withdrawn; please deliver after all.”`,
});

const OTHERWISE = { zh: '请查看拦截详情。', en: 'See the intercept’s page.' };

/** What to do next about something that waits for a person. */
export function nextStepOf(task: Doable): { zh: string; en: string } {
  return (task.reason === 'cannot_recall' ? DELIVER : NEXT_STEPS[task.kind])?.(task) ?? OTHERWISE;
}

/** One task, with what happened and what to do next in both languages (R78). */
export function presentTask(task: TaskView): TaskAnswer {
  return {
    id: task.id,
    kind: task.kind,
    interceptId: task.interceptId,
    waybillNo: task.waybillNo,
    reason: task.reason,
    reasonText: reasonText(task.reason),
    nextStep: nextStepOf(task),
    owner: task.owner,
    dueAt: time(task.dueAt),
    state: task.state,
    createdAt: time(task.createdAt),
  };
}
