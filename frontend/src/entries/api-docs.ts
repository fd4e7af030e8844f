/** The browsable documentation of the REST API. */
import "swagger-ui-dist/swagger-ui.css";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle";

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
