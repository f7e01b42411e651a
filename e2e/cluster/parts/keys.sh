# Keys of the cluster: its CA, certificates, kubeconfigs.

certificate() { # certificate FILE SUBJECT [NAMES]: FILE.crt and FILE.key
  openssl req -x509 -CA "$dir/pki/ca.crt" -CAkey "$dir/pki/ca.key" -days 3650 -nodes \
    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout "$1.key" -out "$1.crt" -subj "$2" \
    -addext "basicConstraints=critical,CA:FALSE" -addext "extendedKeyUsage=serverAuth,clientAuth" \
    ${3:+-addext "subjectAltName=$3"} 2>/dev/null
}

kubeconfig() { # kubeconfig FILE SUBJECT: a kubeconfig that holds its own keys
  certificate "$work/client" "$2"
  cat >"$1" <<YAML
apiVersion: v1
kind: Config
clusters:
- name: $name
  cluster:
    server: https://$gateway:6443
    certificate-authority-data: $(base64 -w0 "$dir/pki/ca.crt")
users:
- name: $name
  user:
    client-certificate-data: $(base64 -w0 "$work/client.crt")
    client-key-data: $(base64 -w0 "$work/client.key")
contexts:
- {name: $name, context: {cluster: $name, user: $name}}
current-context: $name
YAML
}

make_keys() {
  local pki=$dir/pki
  openssl req -x509 -days 3650 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
    -keyout "$pki/ca.key" -out "$pki/ca.crt" -subj "/CN=$name test cluster" 2>/dev/null
  openssl genrsa -out "$pki/sa.key" 2048 2>/dev/null
  certificate "$pki/apiserver" /CN=kube-apiserver \
    "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:$gateway,IP:$api"
  certificate "$pki/kubelet-client" /O=system:masters/CN=kube-apiserver-kubelet-client
  certificate "$pki/front-proxy" /CN=front-proxy-client
  kubeconfig "$dir/admin.kubeconfig" /O=system:masters/CN=admin
  kubeconfig "$pki/controller-manager.kubeconfig" /CN=system:kube-controller-manager
  kubeconfig "$pki/scheduler.kubeconfig" /CN=system:kube-scheduler
  kubeconfig "$pki/proxy.kubeconfig" /CN=system:kube-proxy
}

