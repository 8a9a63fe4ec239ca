import { mostStoreys, type Plan, shared } from './plan'

/*
 * A plan in an address: JSON, compressed by the browser where it can, in the letters of base64url. It stands after #, which no browser
 * sends to a server. "z" begins what is compressed, "j" what is not.
 */

/** The part of an address after # that opens the same plan; without what households said in confidence. */
export async function toFragment(plan: Plan): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared(plan)))
  try {
    return `#z${toText(await through(bytes, new CompressionStream('deflate-raw')))}`
  } catch {
    // An older browser cannot; its links are longer.
    return `#j${toText(bytes)}`
  }
}

/** Whether an address is meant to hold a plan. */
export const holdsPlan = (fragment: string) => /^#[zj]./.test(fragment)

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

/** A plan of a file or of this device; null where it is none. Its figures are judged by the engine, but all that is drawn has its shape. */
export function read(text: string): Plan | null {
  try {
    const plan = JSON.parse(text) as unknown
    return isPlan(plan) ? { ...plan, subsidy: plan.subsidy ?? null, vote: plan.vote ?? null, standAlone: plan.standAlone ?? null } : null
  } catch {
    return null
  }
}

const own = ['equal', 'area', 'ride', 'coefficients', 'mix']

function isPlan(value: unknown): value is Plan {
  if (!isObject(value)) return false
  const { storeys, households, costs, sources, schemes, knobs, exempt, compensation, subsidy, vote } = value
  return (
    typeof storeys === 'number' &&
    Number.isInteger(storeys) &&
    storeys >= 1 &&
    storeys <= mostStoreys &&
    isList(
      households,
      1,
      (entry) =>
        has(entry, 'string', 'id') && has(entry, 'number', 'floor', 'areaM2') && ['undefined', 'number'].includes(typeof entry.limitFen),
    ) &&
    isList(costs, 1, (entry) => has(entry, 'string', 'id', 'name', 'category') && has(entry, 'number', 'amountFen')) &&
    isList(sources, 0, (entry) => has(entry, 'string', 'id', 'kind')) &&
    isList(
      schemes,
      1,
      (entry) =>
        has(entry, 'string', 'id', 'kind') &&
        (own.includes(entry.kind as string) ||
          (entry.kind === 'ready' && has(entry, 'string', 'name') && has(entry.rule, 'string', 'kind'))),
    ) &&
    has(knobs, 'number', 'fromFloor', 'baseHundredths', 'stepHundredths', 'areaPercent', 'unitFen') &&
    Array.isArray(exempt) &&
    exempt.every((entry) => typeof entry === 'string') &&
    isList(compensation, 0, (entry) => has(entry, 'string', 'household') && has(entry, 'number', 'amountFen')) &&
    [subsidy, vote].every((entry) => entry === undefined || entry === null || has(entry, 'string', 'policy', 'on')) &&
    isOwn((knobs as { ownHundredths?: unknown }).ownHundredths)
  )
}

const isOwn = (value: unknown) =>
  value === undefined || (isObject(value) && Object.values(value).every((entry) => typeof entry === 'number'))

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const has = (value: unknown, type: 'string' | 'number', ...names: string[]) =>
  isObject(value) && names.every((name) => typeof value[name] === type)

const isList = (value: unknown, least: number, fits: (entry: Record<string, unknown>) => boolean) =>
  Array.isArray(value) && value.length >= least && value.every((entry) => isObject(entry) && fits(entry))

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
