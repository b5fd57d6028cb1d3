// Signed in to the web app, the cookie authorises reading; for anything else paste an access token under "Authorize".
SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: 'none' });
