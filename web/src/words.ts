//! What the islands themselves say. Everything else on a page is written by the server.
//! A word missing in one language does not compile.

interface Words {
  draftRestored: (when: string, fields: number) => string;
  draftElsewhere: (when: string) => string;
  draftLost: (fields: string) => string;
  draftApply: string;
  draftDiscard: string;
  close: string;
  refused: (status: number) => string;
  unreachable: string;
  progressLost: string;
}

const zh: Words = {
  draftRestored: (when, fields) => `已恢复 ${when} 未保存的填写（${fields} 处）。保存后自动清除。`,
  draftElsewhere: (when) => `有 ${when} 未保存的填写，之后这条记录已被他人修改。先核对现值，再决定是否填入。`,
  draftLost: (fields) => `以下内容在本页没有对应的栏目，未能填入：${fields}`,
  draftApply: "填入草稿",
  draftDiscard: "放弃草稿",
  close: "关闭",
  refused: (status) => `操作未完成（${status}）。数据没有改变，刷新本页后重试。`,
  unreachable: "连不上服务器，操作未完成。填写的内容仍在本页，网络恢复后重试。",
  progressLost: "进度连接中断，正在重新连接；任务仍在后台进行。",
};

const en: Words = {
  draftRestored: (when, fields) => `Unsaved entries from ${when} are back (${fields}). Saving clears them.`,
  draftElsewhere: (when) =>
    `There are unsaved entries from ${when}, but the record has been changed since. Check its values before filling them in.`,
  draftLost: (fields) => `These entries have no field on this page and were not filled in: ${fields}`,
  draftApply: "Fill in the draft",
  draftDiscard: "Discard the draft",
  close: "Close",
  refused: (status) => `Not done (${status}). Nothing was changed; reload the page and try again.`,
  unreachable: "The server cannot be reached, nothing was done. Your entries are still on this page; try again later.",
  progressLost: "The progress line was cut and is being restored; the job goes on in the background.",
};

/** The words in the language of the page. */
export const words: Words = document.documentElement.lang.startsWith("en") ? en : zh;
