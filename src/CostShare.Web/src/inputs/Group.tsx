import type { ReactNode } from 'react'

/** A group of inputs that opens and closes; closed ones are not in the way of a keyboard. */
export function Group({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="group" open={open}>
      <summary>{title}</summary>
      <div className="groupBody">{children}</div>
    </details>
  )
}
