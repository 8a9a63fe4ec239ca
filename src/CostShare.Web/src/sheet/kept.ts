import { useEffect, useState } from 'react'

const key = 'costshare.sheet.'

// What belongs to one reading, and goes with it.
const ofReading = ['reading', 'rows', 'sums', 'total']

/** A state that lasts while this tab of the browser is open: a reload loses nothing, and nobody else finds it. */
export function useKept<T>(name: string, initial: () => T) {
  const [value, set] = useState<T>(() => {
    try {
      const kept = sessionStorage.getItem(key + name)
      return kept === null ? initial() : (JSON.parse(kept) as T)
    } catch {
      return initial()
    }
  })
  useEffect(() => {
    try {
      sessionStorage.setItem(key + name, JSON.stringify(value))
    } catch {
      // A browser that keeps nothing, or not so much, still reads; what was kept before is older than what is shown.
      forget([name])
    }
  }, [name, value])
  return [value, set] as const
}

/** Forgets the last reading and what was corrected in it. */
export function forgetReading() {
  forget(ofReading)
}

/** Forgets all that was done with sheets. */
export function forgetSheet() {
  forget(['purpose', 'text', ...ofReading])
}

function forget(names: string[]) {
  try {
    for (const name of names) sessionStorage.removeItem(key + name)
  } catch {
    // Nothing was kept then.
  }
}
