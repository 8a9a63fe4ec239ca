import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import zh from './zh-CN.json'

const key = 'costshare.language'

const i18n = i18next.createInstance()
void i18n.use(initReactI18next).init({
  lng: 'zh-CN',
  fallbackLng: 'zh-CN',
  resources: { 'zh-CN': { translation: zh } },
  interpolation: { escapeValue: false },
})
i18n.on('languageChanged', (language) => {
  document.documentElement.lang = language
  document.title = i18n.t('title')
})

/** Changes the language and remembers it on this device; English is loaded when it is asked for. */
export async function choose(language: 'zh-CN' | 'en') {
  if (language === 'en' && !i18n.hasResourceBundle('en', 'translation')) {
    try {
      const { default: en } = await import('./en.json')
      i18n.addResourceBundle('en', 'translation', en)
    } catch {
      // Without a connection the page stays in the language that it has.
      return
    }
  }
  try {
    localStorage.setItem(key, language)
  } catch {
    // It then lasts until the page is closed.
  }
  await i18n.changeLanguage(language)
}

try {
  if (localStorage.getItem(key) === 'en') void choose('en')
} catch {
  // Chinese, then.
}

export default i18n
