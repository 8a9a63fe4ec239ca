import type { Answer } from '../api/client'

/** After how many milliseconds a server that was not reached is asked again. */
export const again = 3000

/**
 * Asks after a while, and again and again as long as the server is not reached.
 *
 * @param pause After how many milliseconds to ask first.
 * @param question The question; withdrawn by its signal.
 * @param tell Told each answer, as long as the question stands.
 * @returns Withdraws the question.
 */
export function asking<T>(
  pause: number,
  question: (signal: AbortSignal) => Promise<Answer<T>>,
  tell: (answer: Answer<T>) => void,
): () => void {
  const stop = new AbortController()
  const ask = async () => {
    try {
      const answer = await question(stop.signal)
      if (stop.signal.aborted) return
      tell(answer)
      if (answer.kind === 'offline') timer = setTimeout(ask, again)
    } catch (failure) {
      if (!stop.signal.aborted) throw failure
    }
  }
  let timer = setTimeout(ask, pause)
  return () => {
    clearTimeout(timer)
    stop.abort()
  }
}
