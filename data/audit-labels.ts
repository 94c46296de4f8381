// What acts and those who act are called where people read the audit or a history. Pure.

const ACT_LABELS: Readonly<Record<string, string>> = {
  'place.create': '新建点位',
  'places.create-many': '批量新建点位',
  'place.update': '修改点位',
  'place.revert': '回到旧版本',
  'places.bulk-update': '批量修改点位',
  'places.bulk-retire': '批量撤销点位',
  'places.remove-demo': '清除演示点位',
  'place.confirm': '核实点位',
  'place.close-early': '提前关门',
  'place.reopen': '恢复开门',
  'place.service-broken': '报设施故障',
  'place.service-ok': '报设施修好',
  'place.pause': '暂停开放',
  'place.resume': '恢复开放',
  'place.count-visitors': '报今日人数',
  'place.set-contact': '修改驻点联系人',
  'place.remove-contact': '删除驻点联系人',
  'place.reveal-phone': '查看联系电话',
  'account.create': '新建账号',
  'account.update': '修改账号',
  'account.change-role': '改角色',
  'account.change-password': '改密码',
  'account.renew-credentials': '重设登录方式',
  'account.reset': '发重设登录方式的链接',
  'account.reveal-phone': '查看同事电话',
  'account.forget-phone': '到期删除停用账号的电话',
  'account.sign-in-code': '发一次性登录码',
  'session.open': '登录',
  'session.close': '退出登录',
  'invitation.create': '发邀请',
  'invitation.accept': '接受邀请',
  'invitation.withdraw': '撤回邀请',
  'announcement.create': '发公告',
  'announcement.end': '提前结束公告',
  'note.reveal': '查看骑手留言',
  'photo.publish': '公开照片',
  'photo.remove': '撤下照片',
  'review.approve': '审核通过',
  'review.return': '审核退回',
  'review.amend': '改后通过',
  'review.apply': '审核带来的修改',
  'review.pause': '审核：暂停',
  'review.retire': '审核：撤销',
  'review.confirm-open': '审核：确认开着',
  'review.undo': '撤回审核',
  'schema.migrate': '升级数据库',
};

/** Acts that wait for a second person, and what happens to them on the way. */
const PENDING_LABELS: Readonly<Record<string, string>> = {
  'invite-admin': '邀请市级管理员',
  'reset-admin': '重设市级管理员的登录方式',
  'change-role': '改角色',
  'retire-places': '批量撤销点位',
};
const STEP_LABELS: Readonly<Record<string, string>> = {
  propose: '提出',
  approve: '同意',
  'call-off': '取消',
  'run-alone': '等满时间执行',
};

/** An act without a label shows its own word. */
export function actLabel(act: string): string {
  const [noun = '', step = ''] = act.split('.');
  const pending = PENDING_LABELS[noun];
  if (pending !== undefined && STEP_LABELS[step] !== undefined) return `${STEP_LABELS[step]}：${pending}`;
  return ACT_LABELS[act] ?? act;
}

export interface Who {
  kind: 'account' | 'riders' | 'system' | 'cli';
  name: string;
}

/** @param displayNames of accounts, by id */
export function whoOf(actor: { kind: string; name: string }, displayNames: ReadonlyMap<string, string>): Who {
  if (actor.kind === 'account') return { kind: 'account', name: displayNames.get(actor.name) ?? '已经不在的账号' };
  if (actor.kind === 'cli') return { kind: 'cli', name: '命令行' };
  return actor.name === 'riders' ? { kind: 'riders', name: '骑手' } : { kind: 'system', name: '系统' };
}
