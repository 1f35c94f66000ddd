"""A proxy that ends TLS with a certificate of our own and hands the bytes to the sandbox.

usage: proxy.py CERTIFICATE KEY SANDBOX_PORT. It prints its port.
"""

import socket
import ssl
import sys
import threading

HOSTS = {"developers.hotmart.com", "sandbox.hotmart.com", "api-sec-vlc.hotmart.com"}


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def answer(client, context, port):
    head = b""
    while b"\r\n\r\n" not in head:
        data = client.recv(4096)
        if not data:
            return client.close()
        head += data
    method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
    if method != "CONNECT" or target.split(":")[0] not in HOSTS:
        # Nothing else may leave this machine.
        client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        return client.close()
    client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    try:
        secret = context.wrap_socket(client, server_side=True)
    except OSError:
        return client.close()
    sandbox = socket.create_connection(("127.0.0.1", port))
    threading.Thread(target=pump, args=(sandbox, secret), daemon=True).start()
    pump(secret, sandbox)


def main():
    certificate, key, port = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        client, _ = server.accept()
        threading.Thread(target=answer, args=(client, context, int(port)), daemon=True).start()


main()
