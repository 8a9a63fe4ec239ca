import { useLayoutEffect, useRef, useState } from 'react'

/**
 * The width of a box, so that a chart is drawn in its pixels, and how much larger than usual letters are there: by the reader's own size
 * of letters, or by the text zoom of a chat program, which leaves pictures out; and how much farther apart they stand, in their height.
 */
export function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 358, letters: 1, apart: 0 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const letter = document.createElement('span')
    letter.textContent = '国'
    letter.ariaHidden = 'true'
    letter.style.cssText = 'position:absolute;visibility:hidden;font-size:1rem;line-height:1 !important'
    element.append(letter)
    const measure = () =>
      setSize((before) => {
        const { offsetHeight, offsetWidth } = letter
        const next = {
          width: Math.max(240, Math.floor(element.clientWidth)),
          letters: Math.max(0.5, offsetHeight / 16),
          apart: offsetHeight > 0 ? Math.max(0, offsetWidth / offsetHeight - 1) : 0,
        }
        return next.width === before.width && next.letters === before.letters && next.apart === before.apart ? before : next
      })
    measure()
    if (typeof ResizeObserver === 'undefined') return () => letter.remove()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    observer.observe(letter)
    return () => {
      observer.disconnect()
      letter.remove()
    }
  }, [])
  return [box, size.width, size.letters, size.apart] as const
}
