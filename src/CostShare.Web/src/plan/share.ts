import { type Plan, shared } from './plan'

/*
 * A plan in an address: JSON, compressed by the browser where it can, in the letters of base64url. It stands after #, which no browser
 * sends to a server. "z" begins what is compressed, "j" what is not.
 */

/** The part of an address after # that opens the same plan; without what households said in confidence. */
export async function toFragment(plan: Plan): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared(plan)))
  if (typeof CompressionStream === 'undefined') return `#j${toText(bytes)}`
  return `#z${toText(await through(bytes, new CompressionStream('deflate-raw')))}`
}

/** The plan of an address, or null where there is none or it cannot be read. */
export async function fromFragment(fragment: string): Promise<Plan | null> {
  try {
    const bytes = toBytes(fragment.slice(2))
    const text =
      fragment[1] === 'z' ? await through(bytes, new DecompressionStream('deflate-raw')) : fragment[1] === 'j' ? bytes : new Uint8Array()
    return text.length === 0 ? null : read(new TextDecoder().decode(text))
  } catch {
    return null
  }
}

/** A plan of a file or of this device; null where it is none. What is in it is judged by the engine. */
export function read(text: string): Plan | null {
  try {
    const plan = JSON.parse(text) as Partial<Plan> | null
    const whole =
      plan !== null &&
      typeof plan === 'object' &&
      typeof plan.storeys === 'number' &&
      [plan.households, plan.costs, plan.sources, plan.schemes, plan.exempt, plan.compensation].every(Array.isArray) &&
      typeof plan.knobs === 'object'
    return whole ? ({ subsidy: null, vote: null, standAlone: null, ...plan } as Plan) : null
  } catch {
    return null
  }
}

// More than this is no plan: a few bytes can stand for gigabytes.
const most = 4_000_000

async function through(bytes: Uint8Array<ArrayBuffer>, step: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(step).getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value)
    length += next.value.length
    if (length > most) throw new RangeError('Too long for a plan.')
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function toText(bytes: Uint8Array): string {
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
}
