using System.Security.Cryptography;
using System.Text;
using CostShare.Api.Problems;

namespace CostShare.Api.Access;

/// <summary>The page on which the first administrator gets the token: plain, in large type, without anything from elsewhere.</summary>
internal static class SetUpPage
{
    private const string Style = """
        body { margin: 0; padding: 1.2rem; font: 1.3rem/1.6 system-ui, sans-serif; color: #111; background: #fff; }
        main { max-width: 34rem; margin: 0 auto; }
        h1 { font-size: 1.7rem; line-height: 1.3; }
        button { font: inherit; width: 100%; min-height: 3.5rem; margin: .6rem 0; color: #fff; background: #0b4f8a; border: 0; border-radius: .5rem; }
        button:disabled { background: #666; }
        button:focus-visible, textarea:focus-visible { outline: .25rem solid #e69500; outline-offset: .15rem; }
        textarea { font: 1.2rem/1.5 monospace; width: 100%; box-sizing: border-box; padding: .6rem; border: .15rem solid #111; resize: none; overflow-wrap: anywhere; }
        #fault { color: #a30000; font-weight: bold; }
        """;

    // The token leaves the address bar, and so the history, before anything else is done.
    private const string Script = """
        (() => {
          const element = id => document.getElementById(id);
          let token = "";
          try { token = decodeURIComponent(location.hash.slice(1)); } catch { }
          history.replaceState(null, "", location.pathname);
          const show = id => { for (const part of document.querySelectorAll("section")) { part.hidden = part.id !== id; } };
          if (document.body.dataset.isSetUp === "true") { show("already"); return; }
          if (token === "") { show("missing"); return; }
          show("ready");
          element("begin").addEventListener("click", async () => {
            element("begin").disabled = true;
            element("fault").textContent = "";
            try {
              const answer = await fetch("api/v1/setup", {
                method: "POST", cache: "no-store", credentials: "omit",
                headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang }, body: JSON.stringify({ token }),
              });
              const told = await answer.json();
              if (answer.status === 201) {
                token = "";
                element("token").value = told.administratorToken;
                show("done");
                element("token").focus();
                element("token").select();
                return;
              }
              element("fault").textContent = told.detail;
            } catch {
              element("fault").textContent = element("fault").dataset.unreachable;
            }
            element("begin").disabled = false;
          });
          element("copy").addEventListener("click", async () => {
            element("token").select();
            try { await navigator.clipboard.writeText(element("token").value); } catch { document.execCommand("copy"); }
            element("copy").textContent = element("copy").dataset.copied;
          });
        })();
        """;

    private static readonly string Policy =
        $"default-src 'none'; script-src '{HashOf(Script)}'; style-src '{HashOf(Style)}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Writes the page in the language of the request.</summary>
    public static Task Write(HttpContext context, bool isSetUp)
    {
        Language language = Languages.Of(context.Request);
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = language.Tag();
        headers.Vary = "Accept-Language";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page(language, isSetUp), context.RequestAborted);
    }

    private static string Page(Language language, bool isSetUp) => $"""
        <!DOCTYPE html>
        <html lang="{language.Tag()}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{language.Choose("CostShare：第一次设置", "CostShare: set up")}</title>
        <style>{Style}</style>
        </head>
        <body data-is-set-up="{(isSetUp ? "true" : "false")}">
        <main>
        <h1>{language.Choose("第一次设置", "Set up")}</h1>
        <noscript><p>{language.Choose("这个页面需要 JavaScript，请在浏览器里打开它。", "This page needs JavaScript; please turn it on in the browser.")}</p></noscript>
        <section id="ready" hidden>
        <p>{language.Choose("按下面的按钮，会得到一个管理员口令。谁有这个口令，谁就能查看和修改所有楼的资料。", "Press the button to get the administrator's token. Whoever has it can see and change everything about all buildings.")}</p>
        <p>{language.Choose("口令只显示一次。请先准备好纸笔，或者可以保存它的地方。", "It is shown once. Have pen and paper ready, or a safe place to save it.")}</p>
        <button id="begin" type="button">{language.Choose("得到管理员口令", "Get the administrator's token")}</button>
        <p id="fault" role="alert" data-unreachable="{language.Choose("连不上程序。请看一看程序是否还在运行，再按一次。", "The program cannot be reached. See whether it is still running, and press again.")}"></p>
        </section>
        <section id="done" hidden>
        <p>{language.Choose("设置好了。这是管理员口令：", "Done. This is the administrator's token:")}</p>
        <textarea id="token" rows="2" readonly aria-label="{language.Choose("管理员口令", "The administrator's token")}"></textarea>
        <button id="copy" type="button" data-copied="{language.Choose("已经复制", "Copied")}">{language.Choose("复制", "Copy")}</button>
        <p><strong>{language.Choose("请现在就抄下或保存好。关掉这个页面以后，谁也不能再显示它。", "Write it down or save it now. When this page is closed nobody can show it again.")}</strong></p>
        <p>{language.Choose("不要发到聊天群里，也不要告诉不管理资料的人。", "Do not post it in a chat group, nor give it to anyone who does not look after the data.")}</p>
        </section>
        <section id="missing" hidden>
        <p>{language.Choose("网址不完整。程序启动时显示了一行网址，请把整行（包括 # 和后面的字符）复制到浏览器里再打开。", "The address is not complete. When the program started it printed one: open all of it, with the # and what follows.")}</p>
        </section>
        <section id="already" hidden>
        <p>{language.Choose("已经设置过了，不用再做什么。管理员口令在第一次设置的人那里。", "This was done before, and nothing more is needed. Whoever set up has the administrator's token.")}</p>
        </section>
        </main>
        <script>{Script}</script>
        </body>
        </html>

        """;

    private static string HashOf(string source) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(source)))}";
}
