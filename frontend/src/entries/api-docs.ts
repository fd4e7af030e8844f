/** The browsable documentation of the REST API. */
import "swagger-ui-dist/swagger-ui.css";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle";

/** Swagger has a dark look of its own; it follows the page's. */
function followTheme(): void {
  const root = document.documentElement;
  root.classList.toggle("dark-mode", root.dataset.bsTheme === "dark");
}

followTheme();
new MutationObserver(followTheme).observe(document.documentElement, {
  attributeFilter: ["data-bs-theme"],
});

const place = document.querySelector<HTMLElement>("[data-openapi]");
if (place) {
  SwaggerUI({
    domNode: place,
    url: place.dataset.openapi,
    deepLinking: true,
    docExpansion: "list",
    // The bearer token stays in this page; nothing is kept in the browser.
    persistAuthorization: false,
    validatorUrl: null,
  });
}
