import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compare, type ComparisonRequest, type ComparisonResult, type Problem } from '../api/client'
import { asking } from './asking'
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

// What stands when the start page is come back to, also where no server is reached.
let last: Answered | null = null

/** Asks the engine whenever the plan changes. */
export function useComparison(plan: Plan): Comparison {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const [state, setState] = useState<Comparison>(() => ({ answered: last, problem: null, offline: false, waiting: true }))

  useEffect(() => {
    const asked = request(plan, t)
    return asking(
      pause,
      (signal) => {
        setState((before) => ({ ...before, waiting: true }))
        return compare(asked, [], language, signal)
      },
      (answer) => {
        if (answer.kind === 'answer') last = { plan, request: asked, result: answer.value }
        setState({
          answered: last,
          problem: answer.kind === 'problem' ? answer.problem : null,
          offline: answer.kind === 'offline',
          waiting: false,
        })
      },
    )
  }, [plan, language, t])

  return state
}
