// The response of a provider goes on by itself; without this script by the button.
"use strict";

document.querySelector("form[data-go-on]")?.submit();
