// nginx as a relay of the same stream: the yardstick.
import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const configuration = (directory, port, provider) => `
daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
error_log stderr error;
events { worker_connections 20000; }
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  upstream provider { server 127.0.0.1:${provider}; keepalive 1000; }
  server {
    listen 127.0.0.1:${port};
    tcp_nodelay on;
    location / {
      proxy_pass http://provider;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
    }
  }
}
`;

export function isThere() {
  try {
    execFileSync("nginx", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export async function startNginx(directory, port, provider) {
  const file = join(directory, "nginx.conf");
  writeFileSync(file, configuration(directory, port, provider));
  const child = spawn("nginx", ["-c", file, "-e", "stderr"], { stdio: ["ignore", "inherit", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for (let attempt = 0; ; attempt++) {
    if (await answers(port)) break;
    if (child.exitCode !== null || attempt === 100) throw new Error("nginx did not start.");
    await pause(50);
  }
  return {
    pid: child.pid,
    port,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/v1/models`)).ok;
  } catch {
    return false;
  }
}
