/** One valid resource of each kind, as YAML. */
export const serviceYaml = `apiVersion: v1
kind: Service
metadata:
  name: cart
spec:
  selector:
    app: cart
  ports:
    - name: http
      port: 80
      targetPort: 8080
      appProtocol: http
`

export const routeYaml = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: catalog
spec:
  parentRefs:
    - group: ''
      kind: Service
      name: catalog
  rules:
    - backendRefs:
        - name: catalog-v1
          port: 80
          weight: 90
        - name: catalog-v2
          port: 80
          weight: 10
`

export const policyYaml = `apiVersion: weft.dev/v1alpha1
kind: AuthorizationPolicy
metadata:
  name: cart-callers
spec:
  action: ALLOW
  targetRefs:
    - kind: Service
      name: cart
  rules:
    - from:
        - identities: [default/web]
      to:
        - methods: [GET]
          paths: [/items/*]
`

export const trafficPolicyYaml = `apiVersion: weft.dev/v1alpha1
kind: TrafficPolicy
metadata:
  name: cart
spec:
  targetRefs:
    - kind: Service
      name: cart
  timeouts:
    request: 1m30s
  retries:
    attempts: 1
`

export const grpcRouteYaml = `apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata:
  name: greeter
spec:
  parentRefs:
    - group: ''
      kind: Service
      name: greeter
      port: 9000
  rules:
    - matches:
        - method:
            service: shop.v1.Greeter
            method: Hello
      backendRefs:
        - name: greeter-v2
          port: 9000
`

export const tcpRouteYaml = `apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata:
  name: store
spec:
  parentRefs:
    - group: ''
      kind: Service
      name: store
  rules:
    - backendRefs:
        - name: store-v1
          port: 6379
`

export const grantYaml = `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata:
  name: from-web
spec:
  from:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      namespace: web
  to:
    - group: ''
      kind: Service
`
