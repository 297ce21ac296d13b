"use strict";
// Keys, unsaved decisions and parts that are swapped in place. Every page works without this script.
