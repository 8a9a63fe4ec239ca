import type { Answer } from '../api/client'

/** Why there is no answer: what is wrong, in the words of the engine, or that it cannot be reached. */
export function Refused({ answer, offline }: { answer: Answer<unknown> | null; offline: string }) {
  if (answer === null || answer.kind === 'answer') return null
  return (
    <div role="alert" className="notice">
      {answer.kind === 'offline' ? (
        <p>{offline}</p>
      ) : (
        <ul>
          {answer.problem.faults.slice(0, 10).map((fault, i) => (
            <li key={i}>{fault.detail}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
