import { inflateRawSync } from 'node:zlib'

/** The rows of a table in CSV: a mark of UTF-8, commas, quotes where they are needed. */
export function csvRows(bytes: Buffer): string[][] {
  const text = bytes.toString('utf8')
  if (!text.startsWith('\uFEFF')) throw new Error('There is no mark by which spreadsheets know UTF-8.')
  return text
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
        .slice(0, -1)
        .map(([, cell]) => cell!.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"')),
    )
}

/** The rows of the first sheet of a workbook, as far as this program writes them: texts in their cells, no formulas. */
export function sheetRows(bytes: Buffer): string[][] {
  const sheet = entry(bytes, 'xl/worksheets/sheet1.xml')
  return [...sheet.matchAll(/<(?:x:)?row\b[^>]*>(.*?)<\/(?:x:)?row>/gs)].map(([, row]) =>
    [...row!.matchAll(/<(?:x:)?c\b[^>]*?(?:\/>|>(.*?)<\/(?:x:)?c>)/gs)].map(([, cell]) => plain((cell ?? '').replaceAll(/<[^>]*>/g, ''))),
  )
}

const plain = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')

/** A file of a zip, found by the list at the end of it. */
function entry(zip: Buffer, name: string): string {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [letters, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    if (zip.toString('utf8', at + 46, at + 46 + letters) === name) {
      const local = zip.readUInt32LE(at + 42)
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20))
      return (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
    }
    at += 46 + letters + extra + comment
  }
  throw new Error(`There is no ${name}.`)
}
