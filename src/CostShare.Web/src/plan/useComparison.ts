import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compare, type ComparisonRequest, type ComparisonResult, type Problem } from '../api/client'
import { type Plan, request } from './plan'

/** An answer, the request that it answers, and the plan from which that was made. */
export interface Answered {
  plan: Plan
  request: ComparisonRequest
  result: ComparisonResult
}

export interface Comparison {
  /** The last answer, kept until the next one comes. */
  answered: Answered | null
  problem: Problem | null
  offline: boolean
  waiting: boolean
}

// Long enough that a moving slider asks once, short enough that it feels at once.
const pause = 20
/** After how many milliseconds a server that was not reached is asked again. */
export const again = 3000

// What stands when the start page is come back to, also where no server is reached.
let last: Answered | null = null

/** Asks the engine whenever the plan changes. */
export function useComparison(plan: Plan): Comparison {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const [state, setState] = useState<Comparison>(() => ({ answered: last, problem: null, offline: false, waiting: true }))

  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    const ask = async () => {
      setState((before) => ({ ...before, waiting: true }))
      const asked = request(plan, t)
      try {
        const answer = await compare(asked, [], language, stop.signal)
        if (answer.kind === 'answer') last = { plan, request: asked, result: answer.value }
        setState({
          answered: last,
          problem: answer.kind === 'problem' ? answer.problem : null,
          offline: answer.kind === 'offline',
          waiting: false,
        })
        if (answer.kind === 'offline') timer = setTimeout(ask, again)
      } catch (failure) {
        if (!stop.signal.aborted) throw failure
      }
    }
    timer = setTimeout(ask, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [plan, language, t])

  return state
}
