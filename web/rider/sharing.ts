// Handing a place on: the phone's share sheet where there is one, else the clipboard.

/** @returns what to tell the person; null when they closed the share sheet */
export async function share(url: string, title: string): Promise<string | null> {
  try {
    await navigator.share({ title, url });
    return null;
  } catch (error) {
    if ((error as Error).name === 'AbortError') return null;
    return copy(url, '链接已复制');
  }
}

/** @returns what to tell the person */
export async function copy(text: string, done: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    return copyBySelection(text) ? done : '没复制成，长按文字来复制';
  }
}

/** Old web-views have no clipboard, but copy what is selected. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'visually-hidden';
  document.body.append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  return isDone;
}
