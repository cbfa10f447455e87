// Files with their paths, from an input or from a drop. The chosen folder's own name is left off.
const withoutFirst = (path) => path.split("/").slice(1).join("/");

export function chosen(input) {
  return [...input.files].map((file) => ({ file, path: withoutFirst(file.webkitRelativePath) || file.name }));
}

function entriesOf(reader) {
  return new Promise((done, fail) => reader.readEntries(done, fail));
}

async function walk(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = entry.createReader();
  // a browser hands out a hundred entries at a time, and then none
  for (let some = await entriesOf(reader); some.length; some = await entriesOf(reader)) {
    for (const each of some) await walk(each, found);
  }
}

export async function dropped(transfer) {
  // the list is empty as soon as we wait for anything
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = [];
  for (const entry of entries) await walk(entry, found);
  const isOneFolder = entries.length === 1 && entries[0].isDirectory;
  return isOneFolder ? found.map(({ file, path }) => ({ file, path: withoutFirst(path) })) : found;
}
